package io.tailrace.benchmarks.ceiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {
    /** As a worker does: with nothing but the jar, and what Connect gives to every plugin. */
    @Test
    void hasAllThatTheConnectorNeeds(@TempDir Path folder) throws Exception {
        Path jar = PluginJar.write(folder);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new OnlyConnect())) {
            SourceConnector connector = ServiceLoader.load(SourceConnector.class, loader)
                    .findFirst()
                    .orElseThrow();
            assertThat(connector.getClass().getClassLoader()).isSameAs(loader);
            connector.start(properties(7));
            SourceTask task =
                    (SourceTask) connector.taskClass().getDeclaredConstructor().newInstance();
            task.start(connector.taskConfigs(1).get(0));
            assertThat(task.poll()).hasSize(5);
            List<SourceRecord> rest = task.poll();
            assertThat(rest).hasSize(2);
            SourceRecord last = rest.get(1);
            assertThat((byte[]) last.key()).asString().isEqualTo("k");
            assertThat((byte[]) last.headers().lastWithName("tailrace").value())
                    .asString()
                    .isEqualTo("{}");
            assertThat(last.topic()).isEqualTo("t_log");
            task.stop();
            assertThat(task.poll()).isNull();
        }
    }

    @Test
    void sendsLinesAloneWithoutKeyAndHeader() throws Exception {
        MadeUpSourceTask task = new MadeUpSourceTask();
        Map<String, String> properties = new java.util.HashMap<>(properties(1));
        properties.remove(MadeUpSourceConnector.KEY);
        properties.remove(MadeUpSourceConnector.HEADER);
        task.start(properties);
        SourceRecord record = task.poll().get(0);
        assertThat(record.key()).isNull();
        assertThat(record.headers()).isEmpty();
    }

    private static Map<String, String> properties(int lines) {
        return Map.of(
                MadeUpSourceConnector.TOPIC, "t_log",
                MadeUpSourceConnector.DATA, "plain",
                MadeUpSourceConnector.LINES, Integer.toString(lines),
                MadeUpSourceConnector.KEY, "k",
                MadeUpSourceConnector.HEADER, "{}",
                MadeUpSourceConnector.BATCH_RECORDS, "5",
                MadeUpSourceConnector.BATCH_BYTES, "1000000");
    }

    private static final class OnlyConnect extends ClassLoader {
        OnlyConnect() {
            super(PluginJarTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.tailrace")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public java.util.Enumeration<URL> getResources(String name) throws IOException {
            return java.util.Collections.emptyEnumeration();
        }
    }
}
