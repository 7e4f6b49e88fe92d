package io.tailrace.console.store;

import java.util.List;

/**
 * Keys with a common beginning, as they were at one moment.
 *
 * @param revision the moment
 * @param items in the order that was asked for
 * @param total how many there are, also beyond what was asked for
 */
public record Listing(long revision, List<Item> items, long total) {}
