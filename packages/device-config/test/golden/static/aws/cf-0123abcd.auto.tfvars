# Keep this file out of version control, or set the variable in the environment instead.
cf_0123abcd_key = "PASTE-KEY-HERE"
