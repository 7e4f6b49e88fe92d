package io.tailrace.console.store;

import java.util.Optional;

/**
 * A key and what etcd holds there.
 *
 * @param key the key
 * @param revision the revision that wrote it
 * @param text the value; empty where its bytes aren't UTF-8 text, or only keys were asked for
 */
public record Item(String key, long revision, Optional<String> text) {}
