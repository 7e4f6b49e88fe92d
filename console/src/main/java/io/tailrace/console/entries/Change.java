package io.tailrace.console.entries;

import io.tailrace.console.history.Version.Action;
import java.util.Optional;

/**
 * What somebody wants to become of a key.
 *
 * @param key the key
 * @param text its new list, good by the rules; empty to delete it
 * @param entries how many are in it
 * @param action what kind of change it is
 * @param author who wants it
 * @param comment why, perhaps empty
 * @param rolledBackTo the version whose text it is
 * @param requestId of the request for many hosts that it is part of
 */
public record Change(
        String key,
        Optional<String> text,
        int entries,
        Action action,
        String author,
        String comment,
        Optional<String> rolledBackTo,
        Optional<String> requestId) {}
