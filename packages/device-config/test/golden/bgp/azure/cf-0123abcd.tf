# Cloudflare IPsec tunnel: aws-eu-central-1-a
# Tunnel id: 0123abcd89ab4cdef0123456789abcde
# For: Azure VPN gateway, Terraform, provider hashicorp/azurerm 4
# Template 1, sources of 2026-11-28. Not applied to Azure by us. Cloudflare describes these settings, without BGP.
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

variable "cf_0123abcd_gateway_id" {
  type        = string
  description = "The virtual network gateway that is there already"
}

variable "cf_0123abcd_resource_group" {
  type        = string
  description = "The name of its resource group"
}

variable "cf_0123abcd_location" {
  type        = string
  description = "Its region, such as westeurope"
}

variable "cf_0123abcd_networks" {
  type        = list(string)
  default     = []
  description = "Networks behind Cloudflare; not 0.0.0.0/0, which Azure refuses, but its halves"
}

# The virtual network gateway must have the ASN 64512. It answers BGP from an address of its own, not from the inside address.
resource "azurerm_local_network_gateway" "cf_0123abcd" {
  name                = "cf-0123abcd"
  location            = var.cf_0123abcd_location
  resource_group_name = var.cf_0123abcd_resource_group
  tags                = { tunnel = "aws-eu-central-1-a" }
  gateway_address     = "162.159.135.10"
  address_space       = concat(["169.254.240.2/32"], var.cf_0123abcd_networks)
  bgp_settings {
    asn                 = 13335
    bgp_peering_address = "169.254.240.2"
  }
}

resource "azurerm_virtual_network_gateway_connection" "cf_0123abcd" {
  name                               = "cf-0123abcd"
  location                           = var.cf_0123abcd_location
  resource_group_name                = var.cf_0123abcd_resource_group
  tags                               = { tunnel = "aws-eu-central-1-a" }
  type                               = "IPsec"
  virtual_network_gateway_id         = var.cf_0123abcd_gateway_id
  local_network_gateway_id           = azurerm_local_network_gateway.cf_0123abcd.id
  shared_key                         = var.cf_0123abcd_key
  connection_protocol                = "IKEv2"
  connection_mode                    = "InitiatorOnly"
  dpd_timeout_seconds                = 45
  enable_bgp                         = true
  use_policy_based_traffic_selectors = false
  ipsec_policy {
    ike_encryption   = "GCMAES256"
    ike_integrity    = "SHA384"
    dh_group         = "ECP384"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "ECP384"
    sa_lifetime      = 28800
  }
}

# Clean up: terraform destroy, or take this file away and apply.
