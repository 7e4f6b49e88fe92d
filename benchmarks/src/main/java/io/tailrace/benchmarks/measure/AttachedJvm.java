package io.tailrace.benchmarks.measure;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Another JVM of this user, asked over its own management interface: what its threads have allocated and used. */
public final class AttachedJvm implements AutoCloseable {
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    private static final Duration COMPILED_WITHIN = Duration.ofMinutes(1);
    private static final Duration COMPILERS_QUIET = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final long BUSY_MILLIS = 10;

    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ThreadMXBean threads;
    private final CompilationMXBean compilers;

    private AttachedJvm(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.compilers = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.COMPILATION_MXBEAN_NAME, CompilationMXBean.class);
    }

    /**
     * Attaches to a JVM.
     *
     * @param pid its process
     * @return a connection to it
     * @throws IllegalStateException if that is not possible
     */
    // The address is what the JVM has just told; nobody else names it.
    @SuppressWarnings("BanJNDI")
    public static AttachedJvm to(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
                return new AttachedJvm(JMXConnectorFactory.connect(address));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new IllegalStateException("Cannot attach to the JVM " + pid + ": " + e, e);
        }
    }

    /**
     * What all threads that are alive have allocated since they began.
     *
     * @return bytes
     */
    public long allocatedBytes() {
        long[] allocated = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
        return Arrays.stream(allocated).filter(bytes -> bytes > 0).sum();
    }

    /**
     * Waits until the compilers have done what they were asked for so far, or a minute has passed: on busy cores they are late, and
     * would go on while something else is measured.
     */
    public void awaitCompilers() {
        long giveUp = System.nanoTime() + COMPILED_WITHIN.toNanos();
        long compiled = compilers.getTotalCompilationTime();
        long since = System.nanoTime();
        while (System.nanoTime() - since < COMPILERS_QUIET.toNanos() && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            long now = compilers.getTotalCompilationTime();
            // Looking takes some compiling, too.
            since = now - compiled > BUSY_MILLIS ? System.nanoTime() : since;
            compiled = now;
        }
    }

    /**
     * What a thread has used since it began.
     *
     * @param id of the thread, which it keeps
     * @param name of the thread, which it may change: workers name theirs after what they do at the time
     * @param cpuSeconds in user and in kernel mode
     */
    public record ThreadTime(long id, String name, double cpuSeconds) {}

    /**
     * The CPU time of all Java threads that are alive. Those of the garbage collector and the compilers are no Java threads.
     *
     * @return one for each thread
     */
    public List<ThreadTime> threadTimes() {
        long[] ids = threads.getAllThreadIds();
        long[] nanos = threads.getThreadCpuTime(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        List<ThreadTime> times = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && nanos[i] >= 0) {
                times.add(new ThreadTime(ids[i], infos[i].getThreadName(), nanos[i] / 1e9));
            }
        }
        return times;
    }

    /**
     * Has the JVM do what {@code jcmd} can have it do.
     *
     * @param operation in the spelling of the management interface, such as {@code jfrStart}
     * @param arguments as on the command line
     * @return what it answers
     */
    public String command(String operation, String... arguments) {
        try {
            return (String)
                    beans.invoke(new ObjectName(DIAGNOSTICS), operation, new Object[] {arguments}, new String[] {
                        String[].class.getName()
                    });
        } catch (JMException | IOException e) {
            throw new IllegalStateException("The JVM cannot do " + operation + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException endedAlready) {
            return;
        }
    }
}
