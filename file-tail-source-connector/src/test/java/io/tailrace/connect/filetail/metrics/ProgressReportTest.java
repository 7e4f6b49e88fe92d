package io.tailrace.connect.filetail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Progress;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
    @Test
    void doesWithoutMetricsOnAWorkerThatHasNone() {
        InvocationHandler old = (proxy, method, arguments) -> {
            throw new NoSuchMethodError(method.toString());
        };
        SourceTaskContext context = (SourceTaskContext)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {SourceTaskContext.class}, old);
        try (ProgressReport report = ProgressReport.of(context, 10)) {
            assertThat(report.latest()).isSameAs(Progress.NONE);
        }
    }
}
