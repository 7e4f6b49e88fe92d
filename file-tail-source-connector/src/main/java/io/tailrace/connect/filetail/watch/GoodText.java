package io.tailrace.connect.filetail.watch;

/**
 * The last good text of a key.
 *
 * @param text a list of entries
 * @param revision the store's revision that wrote it; 0 if that is not known
 * @param seen the newest revision of the whole store with which the key was still there; 0 if that is not known
 * @param lost whether the store has lost the key since, with its data, so that this is all there is of it
 */
public record GoodText(String text, long revision, long seen, boolean lost) {
    /** The same, of which nothing is known from later than this. */
    GoodText seenLastAt(long storeRevision) {
        return new GoodText(text, revision, storeRevision, lost);
    }

    /** The same, of which is known that the key was still there later. */
    GoodText seenAt(long storeRevision) {
        return new GoodText(text, revision, Math.max(seen, storeRevision), lost);
    }

    /** The same, after the store has lost its data. */
    GoodText afterLoss() {
        return new GoodText(text, revision, seen, true);
    }
}
