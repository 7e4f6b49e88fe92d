package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.FileTailSourceConfig.RecordKey;
import io.tailrace.connect.filetail.FileTailSourceConfig.ValueFormat;
import io.tailrace.connect.filetail.FileTailSourceConfig.ValueType;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.metrics.ProgressReport;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.status.EntriesHash;
import io.tailrace.connect.filetail.status.StatusFile;
import io.tailrace.connect.filetail.status.TaskStatus;
import io.tailrace.connect.filetail.status.TaskStatusText;
import io.tailrace.connect.filetail.tail.Now;
import io.tailrace.connect.filetail.tail.TailSettings;
import io.tailrace.connect.filetail.tail.Tailer;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.notice.Watch;
import io.tailrace.connect.filetail.tail.record.HostIdentity;
import io.tailrace.connect.filetail.tail.record.RecordFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Tails the files of some of the connector's entries. All it does itself is to wait when there is nothing to read. */
public final class FileTailSourceTask extends SourceTask {
    /** Connect stops a task only between polls, and gives all tasks together five seconds by default. */
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Object tailing = new Object();
    private volatile boolean stopped;
    private ProgressReport report;
    private Watch watch;
    private Tailer tailer;
    private Optional<TaskStatus> status = Optional.empty();

    /** Made by Connect. */
    public FileTailSourceTask() {}

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public void start(Map<String, String> properties) {
        FileTailSourceConfig config = new FileTailSourceConfig(properties);
        report = ProgressReport.of(context, config.metricsFilesMax());
        List<Entry> entries =
                EntriesJson.parse(properties.get(FileTailSourceConfig.TASK_ENTRIES), FileTailSourceConfig.TASK_ENTRIES);
        String name = properties.getOrDefault(FileTailSourceConfig.NAME, FileTailSourceConfig.DEFAULT_NAME);
        watch = Watch.start();
        tailer = new Tailer(entries, settings(config, name), context.offsetStorageReader(), watch, Now.get());
        status = config.statusPath().map(path -> status(config, name, properties));
    }

    private static TaskStatus status(FileTailSourceConfig config, String name, Map<String, String> properties) {
        int group = Integer.parseInt(properties.getOrDefault(FileTailSourceConfig.TASK_GROUP, "0"));
        String hash = EntriesHash.of(properties.get(FileTailSourceConfig.TASK_ENTRIES));
        return new TaskStatus(
                new StatusFile(state(config), name, group),
                new TaskStatusText(Version.get(), group, hash, System.currentTimeMillis()));
    }

    private static TailSettings settings(FileTailSourceConfig config, String name) {
        HostFacts host = HostFacts.detect(config.hostId());
        RecordFormat format = new RecordFormat(
                config.valueFormat() == ValueFormat.ENVELOPE,
                config.valueType() == ValueType.BYTES,
                config.recordKey() == RecordKey.STREAM,
                config.metadata());
        return new TailSettings(
                format,
                new HostIdentity(host.hostId(), host.hostname(), host.addresses()),
                config.pathPolicy()::allows,
                config.rotateWait(),
                config.scanInterval(),
                config.batchMaxRecords(),
                config.batchMaxBytes(),
                config.readBufferBytes(),
                config.openFilesMax(),
                state(config),
                name);
    }

    private static StateDir state(FileTailSourceConfig config) {
        try {
            return StateDir.open(config.stateDir());
        } catch (IOException e) {
            throw new ConnectException(
                    FileTailSourceConfig.STATE_DIR + " can't be used: " + config.stateDir() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        long waitNanos;
        synchronized (tailing) {
            if (stopped) {
                return null;
            }
            Now now = Now.get();
            List<SourceRecord> records = tailer.poll(now);
            if (report.update(tailer, now)) {
                status.ifPresent(told -> told.take(report.latest()));
            }
            if (!records.isEmpty()) {
                return records;
            }
            waitNanos = tailer.waitNanos(now);
        }
        watch.await(Math.min(MAX_WAIT_NANOS, waitNanos));
        return null;
    }

    /**
     * How far this task has got.
     *
     * @return a snapshot that is a second old at most while the task is polled; for any thread
     */
    public Progress progress() {
        return report.latest();
    }

    @Override
    public void stop() {
        stopped = true;
        if (watch != null) {
            watch.close();
        }
        status.ifPresent(TaskStatus::close);
        synchronized (tailing) {
            if (tailer != null) {
                tailer.close();
                tailer = null;
            }
        }
        if (report != null) {
            report.close();
        }
    }
}
