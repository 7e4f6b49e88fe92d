package io.tailrace.connect.etcd.client;

import java.util.Optional;

/**
 * A key as it was at one moment.
 *
 * @param revision the moment, as the revision that the whole of etcd had
 * @param stored what was there; empty if the key didn't exist
 */
public record Reading(long revision, Optional<Stored> stored) {}
