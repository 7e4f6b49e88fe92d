/**
 * What to collect: the entries that operators write, read strictly, checked, merged and written canonically.
 * Nothing here knows of time, Connect or a server; only {@code HostFacts.detect} and {@code PathPolicy.allows} look at the host.
 */
package io.tailrace.connect.filetail.entries;
