"""The mailbox of an installation without a mail server: mails are kept and read in the browser."""
