"""From scores to findings, from findings to an order: detect, select, suspicion, rank."""
