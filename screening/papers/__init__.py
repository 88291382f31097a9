"""What the papers of a shipment say: payment, packing, delivery, procedure, numbers."""
