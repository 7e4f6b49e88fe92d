package io.tailrace.connect.filetail.watch;

import java.util.List;
import java.util.Optional;

/**
 * What has become of the keys, at one moment.
 *
 * @param keys each key, in the order in which they override each other
 * @param waiting whether good lists are not in force yet
 * @param misfit why the good lists, taken together, cannot be run; empty if they can
 */
public record WatchStatus(List<KeyStatus> keys, boolean waiting, Optional<String> misfit) {
    /** Before anything is known. */
    public static final WatchStatus NONE = new WatchStatus(List.of(), true, Optional.empty());
}
