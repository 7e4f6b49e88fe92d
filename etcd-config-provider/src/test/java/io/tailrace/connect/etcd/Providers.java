package io.tailrace.connect.etcd;

import io.tailrace.connect.etcd.config.EtcdConfig;
import java.util.HashMap;
import java.util.Map;

/** Makes providers as a worker would. */
final class Providers {
    private Providers() {}

    static EtcdConfigProvider at(String endpoint, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(EtcdConfig.ENDPOINTS, endpoint));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        EtcdConfigProvider provider = new EtcdConfigProvider();
        provider.configure(all);
        return provider;
    }
}
