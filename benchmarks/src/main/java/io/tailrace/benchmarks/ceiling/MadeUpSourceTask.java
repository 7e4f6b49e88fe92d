package io.tailrace.benchmarks.ceiling;

import io.tailrace.benchmarks.data.AccessLog;
import io.tailrace.benchmarks.data.DataSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Sends the same few thousand lines again and again, as many as it is told to, and does as little for each as can be done:
 * values, key, header, partition and offset are made once. What it costs is what the worker costs.
 */
public final class MadeUpSourceTask extends SourceTask {
    /** More bytes than a compressor looks back at, and few enough to make them quickly. */
    private static final int DISTINCT_LINES = 20_000;

    private static final long IDLE_MILLIS = 100;
    private static final Map<String, String> PARTITION = Map.of("stream", "made up");
    private static final Map<String, Object> OFFSET = Map.of("position", 0L);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private String topic;
    private List<byte[]> lines;
    private byte[] key;
    private ConnectHeaders headers;
    private int batchRecords;
    private int batchBytes;
    private int left;
    private int next;

    /** Made by Connect. */
    public MadeUpSourceTask() {}

    @Override
    public String version() {
        return "0";
    }

    @Override
    public void start(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(new MadeUpSourceConnector().config(), properties, false);
        topic = config.getString(MadeUpSourceConnector.TOPIC);
        left = config.getInt(MadeUpSourceConnector.LINES);
        batchRecords = config.getInt(MadeUpSourceConnector.BATCH_RECORDS);
        batchBytes = config.getInt(MadeUpSourceConnector.BATCH_BYTES);
        AccessLog log =
                DataSet.named(config.getString(MadeUpSourceConnector.DATA)).lines();
        lines = new ArrayList<>();
        for (int i = 0; i < Math.min(left, DISTINCT_LINES); i++) {
            lines.add(log.next());
        }
        key = bytes(config.getString(MadeUpSourceConnector.KEY));
        headers = new ConnectHeaders();
        byte[] header = bytes(config.getString(MadeUpSourceConnector.HEADER));
        if (header != null) {
            headers.add("tailrace", header, Schema.BYTES_SCHEMA);
        }
    }

    private static byte[] bytes(String text) {
        return text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        if (left == 0) {
            stopped.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        }
        List<SourceRecord> batch = new ArrayList<>(batchRecords);
        long millis = System.currentTimeMillis();
        int bytes = 0;
        while (left > 0 && batch.size() < batchRecords && bytes < batchBytes) {
            byte[] value = lines.get(next);
            batch.add(record(value, millis));
            bytes += value.length;
            next = (next + 1) % lines.size();
            left--;
        }
        return batch;
    }

    private SourceRecord record(byte[] value, long millis) {
        Schema keySchema = key == null ? null : Schema.BYTES_SCHEMA;
        return new SourceRecord(
                PARTITION, OFFSET, topic, null, keySchema, key, Schema.BYTES_SCHEMA, value, millis, headers);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }
}
