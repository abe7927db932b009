"""A question beside a fact base: which facts speak to it, best first, and what each of them lacks."""
