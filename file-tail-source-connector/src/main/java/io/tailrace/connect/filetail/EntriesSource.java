package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.watch.EntriesWatch;
import java.util.List;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.utils.Utils;

/** Where a running connector's entries come from. */
sealed interface EntriesSource {
    /** The entries to collect now, in canonical order. Never blocks. */
    List<Entry> entries();

    /** Ends it, without waiting for anything. */
    void close();

    /** Entries that stand in the connector's configuration. */
    record Inline(List<Entry> entries) implements EntriesSource {
        @Override
        public void close() {}
    }

    /** Entries in keys that are watched. */
    record Watched(EntriesWatch watch, ConfigProvider provider) implements EntriesSource {
        @Override
        public List<Entry> entries() {
            return watch.inForce();
        }

        @Override
        public void close() {
            watch.close();
            Utils.closeQuietly(provider, "provider of entries");
        }
    }
}
