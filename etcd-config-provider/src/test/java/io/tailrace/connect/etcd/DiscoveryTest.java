package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    @Test
    void workersFindTheProviderAsAService() {
        assertThat(ServiceLoader.load(ConfigProvider.class))
                .anySatisfy(provider -> assertThat(provider).isInstanceOf(EtcdConfigProvider.class));
    }
}
