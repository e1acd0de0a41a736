"""How django-allauth is bent to this product: its mails, its limits, the pages that are offered."""
