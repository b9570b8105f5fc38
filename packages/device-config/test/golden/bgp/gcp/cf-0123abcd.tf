# Cloudflare IPsec tunnel: aws-eu-central-1-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: Google Cloud VPN, Terraform, provider hashicorp/google 6 or newer
# Template 1, sources of 2026-11-28. Not applied to Google Cloud by us. Cloudflare describes these settings with a Classic VPN gateway, without BGP.
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

variable "cf_0123abcd_region" {
  type        = string
  description = "The region of the gateway, such as europe-west4"
}

variable "cf_0123abcd_gateway" {
  type        = string
  description = "The HA VPN gateway that is there already"
}

variable "cf_0123abcd_router" {
  type        = string
  description = "The Cloud Router that is there already, with the ASN 64512"
}

resource "google_compute_external_vpn_gateway" "cf_0123abcd" {
  name            = "cf-0123abcd"
  redundancy_type = "SINGLE_IP_INTERNALLY_REDUNDANT"
  interface {
    id         = 0
    ip_address = "162.159.135.10"
  }
}

resource "google_compute_vpn_tunnel" "cf_0123abcd" {
  name                            = "cf-0123abcd"
  description                     = "Cloudflare aws-eu-central-1-a"
  region                          = var.cf_0123abcd_region
  ike_version                     = 2
  shared_secret                   = var.cf_0123abcd_key
  vpn_gateway                     = var.cf_0123abcd_gateway
  vpn_gateway_interface           = 0
  peer_external_gateway           = google_compute_external_vpn_gateway.cf_0123abcd.id
  peer_external_gateway_interface = 0
  router                          = var.cf_0123abcd_router
}

resource "google_compute_router_interface" "cf_0123abcd" {
  name       = "cf-0123abcd"
  region     = var.cf_0123abcd_region
  router     = var.cf_0123abcd_router
  ip_range   = "169.254.240.1/30"
  vpn_tunnel = google_compute_vpn_tunnel.cf_0123abcd.name
}

resource "google_compute_router_peer" "cf_0123abcd" {
  name            = "cf-0123abcd"
  region          = var.cf_0123abcd_region
  router          = var.cf_0123abcd_router
  interface       = google_compute_router_interface.cf_0123abcd.name
  peer_ip_address = "169.254.240.2"
  peer_asn        = 13335
  md5_authentication_key {
    name = "cf-0123abcd"
    key  = "hub+session.2026"
  }
}

# Clean up: terraform destroy, or take this file away and apply.
