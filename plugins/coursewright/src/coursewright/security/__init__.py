"""A content security policy for the built site, made of what is really in its pages."""
