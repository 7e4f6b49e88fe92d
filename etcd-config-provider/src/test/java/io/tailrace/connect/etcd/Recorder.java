package io.tailrace.connect.etcd;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.config.ConfigChangeCallback;
import org.apache.kafka.common.config.ConfigData;

/** Keeps what it is told. */
final class Recorder implements ConfigChangeCallback {
    private final List<Map<String, String>> told = new CopyOnWriteArrayList<>();

    @Override
    public void onChange(String path, ConfigData data) {
        told.add(Map.copyOf(data.data()));
    }

    List<Map<String, String>> told() {
        return List.copyOf(told);
    }

    Map<String, String> last() {
        return told.isEmpty() ? null : told.get(told.size() - 1);
    }
}
