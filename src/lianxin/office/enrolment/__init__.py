"""县人大登记: asking for a certificate and taking the answer."""
