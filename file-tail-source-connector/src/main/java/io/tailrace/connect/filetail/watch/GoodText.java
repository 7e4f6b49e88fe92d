package io.tailrace.connect.filetail.watch;

/**
 * The last good text of a key.
 *
 * @param text a list of entries
 * @param revision the store's revision that wrote it; 0 if that is not known
 * @param lost whether the store has lost the key since, with its data, so that this is all there is of it
 */
public record GoodText(String text, long revision, boolean lost) {}
