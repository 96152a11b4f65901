"""Papers for customers: quotes, proposals, orders, invoices and statements as PDF, HTML, Markdown, mail and XML."""
