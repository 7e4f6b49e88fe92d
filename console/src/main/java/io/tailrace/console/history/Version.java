package io.tailrace.console.history;

import java.util.Optional;

/**
 * One accepted change of one key.
 *
 * @param key the key
 * @param id sorts by time
 * @param revision the revision that the change has in etcd; 0 while it isn't written
 * @param previousRevision of what was there before; 0 if there was nothing
 * @param action what was done
 * @param author who did it
 * @param time when, in RFC 3339
 * @param comment why, perhaps empty
 * @param entries how many entries the list has from then on
 * @param rolledBackTo the id of the version that was gone back to
 * @param requestId of the request for many hosts that it was part of
 * @param outsideBefore whether what was there before was written by something else than the console
 * @param before what was there before; known only if that was written by something else
 * @param after what is there from then on; empty if the key was deleted
 */
public record Version(
        String key,
        String id,
        long revision,
        long previousRevision,
        Action action,
        String author,
        String time,
        String comment,
        int entries,
        Optional<String> rolledBackTo,
        Optional<String> requestId,
        boolean outsideBefore,
        Optional<String> before,
        Optional<String> after) {

    /** What was done. */
    public enum Action {
        /** A list was written. */
        PUT,
        /** The key was deleted. */
        DELETE,
        /** An earlier version was written again. */
        ROLLBACK,
        /** A list was changed by a request for many hosts. */
        BULK
    }
}
