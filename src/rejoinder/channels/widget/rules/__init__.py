"""Pure decisions of the widget: whose a ticket is, who asks, from which page, and what is kept."""
