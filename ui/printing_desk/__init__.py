"""Printing: the plan of a packet, handing out, printing again, many households, printers."""
