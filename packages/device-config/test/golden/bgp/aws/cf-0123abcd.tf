# Cloudflare IPsec tunnel: aws-eu-central-1-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: AWS VPN connection on a transit gateway, Terraform, provider hashicorp/aws 5 or newer
# Template 1, sources of 2026-11-28. Not applied to AWS by us. Cloudflare describes these settings with a transit gateway.
#
#                   Cloudflare            this device
# outside address   162.159.135.10        203.0.113.20
# inside address    169.254.240.2         169.254.240.1/30
# IKE identity      162.159.135.10        203.0.113.20
#
# The device begins: Cloudflare only answers. Let UDP 500, UDP 4500 and ESP (IP protocol 50) through.

variable "cf_0123abcd_key" {
  type        = string
  sensitive   = true
  description = "Pre-shared key; never write it into a file that is kept."
}

variable "cf_0123abcd_transit_gateway_id" {
  type        = string
  description = "The transit gateway that is there already, tgw-..."
}

# The transit gateway must have the ASN 64512 (amazon_side_asn).
resource "aws_customer_gateway" "cf_0123abcd" {
  bgp_asn    = 13335
  ip_address = "162.159.135.10"
  type       = "ipsec.1"
  tags       = { Name = "Cloudflare aws-eu-central-1-a" }
}

resource "aws_vpn_connection" "cf_0123abcd" {
  customer_gateway_id                  = aws_customer_gateway.cf_0123abcd.id
  transit_gateway_id                   = var.cf_0123abcd_transit_gateway_id
  type                                 = "ipsec.1"
  static_routes_only                   = false
  tunnel1_inside_cidr                  = "169.254.240.0/30"
  tunnel1_preshared_key                = var.cf_0123abcd_key
  tunnel1_ike_versions                 = ["ikev2"]
  tunnel1_startup_action               = "start"
  tunnel1_dpd_timeout_action           = "restart"
  tunnel1_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase1_integrity_algorithms  = ["SHA2-256"]
  tunnel1_phase1_dh_group_numbers      = [20]
  tunnel1_phase1_lifetime_seconds      = 28800
  tunnel1_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase2_integrity_algorithms  = ["SHA2-256"]
  tunnel1_phase2_dh_group_numbers      = [20]
  tunnel1_phase2_lifetime_seconds      = 3600
}

output "cf_0123abcd_customer_endpoint" {
  value       = aws_vpn_connection.cf_0123abcd.tunnel1_address
  description = "What the customer endpoint of the Cloudflare tunnel must be"
}

# Clean up: terraform destroy, or take this file away and apply.
