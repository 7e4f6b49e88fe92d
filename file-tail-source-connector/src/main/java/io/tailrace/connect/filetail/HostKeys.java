package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.entries.KeyTemplates;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that this host reads, which may change with its addresses. A host that has lost all its addresses is one whose
 * network is down: it keeps the keys that it had. The host's id stays what it was at the start, since positions hang on it.
 */
final class HostKeys implements Supplier<List<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    private final KeyTemplates templates;
    private final Supplier<HostFacts> look;
    private volatile HostFacts host;

    HostKeys(KeyTemplates templates, Supplier<HostFacts> look) {
        this.templates = templates;
        this.look = look;
        this.host = look.get();
        LOG.info("Host {} (id {}, addresses {})", host.hostname(), host.hostId(), host.addresses());
        if (host.addresses().isEmpty()) {
            LOG.warn(
                    "Host {} has only loopback and link-local addresses, so templates of keys by address give none",
                    host.hostname());
        }
    }

    /** Looks at the host. */
    @Override
    public List<String> get() {
        HostFacts now = look.get();
        if (!now.addresses().isEmpty() || host.addresses().isEmpty()) {
            host = new HostFacts(host.hostId(), now.hostname(), now.addresses());
        }
        return templates.expand(host);
    }

    /** What was last seen of the host, for any thread. */
    HostFacts host() {
        return host;
    }
}
