package io.tailrace.connect.filetail.tail.record;

import java.util.List;

/**
 * What records say of the host.
 *
 * @param id the configured {@code host.id}, part of every stream's name
 * @param name its host name
 * @param addresses its addresses
 */
public record HostIdentity(String id, String name, List<String> addresses) {
    /** @param addresses its addresses */
    public HostIdentity {
        addresses = List.copyOf(addresses);
    }
}
