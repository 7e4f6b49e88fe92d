package io.tailrace.it.support;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.tailrace.servers.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a worker shows in JMX, as a monitoring agent on its host sees it. */
public final class WorkerMetrics implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    /**
     * Connects.
     *
     * @param worker a process of this user's
     */
    // The address is what the process itself has just said, so nobody else chooses what is looked up.
    @SuppressWarnings("BanJNDI")
    public WorkerMetrics(LocalServer worker) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(worker.pid()));
            try {
                connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
            beans = connector.getMBeanServerConnection();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("Process " + worker.pid() + " can't be attached to", e);
        }
    }

    /**
     * The MBeans that a pattern matches.
     *
     * @param pattern an object name with wildcards
     * @return their object names
     */
    public Set<String> names(String pattern) {
        try {
            Set<String> names = new TreeSet<>();
            beans.queryNames(new ObjectName(pattern), null).forEach(name -> names.add(name.toString()));
            return names;
        } catch (IOException | JMException e) {
            throw new IllegalStateException(pattern, e);
        }
    }

    /**
     * The attributes of an MBean.
     *
     * @param name its object name
     * @return values by name; none if there is no such MBean
     */
    public Map<String, Object> attributes(String name) {
        Map<String, Object> values = new TreeMap<>();
        try {
            ObjectName object = new ObjectName(name);
            if (beans.isRegistered(object)) {
                String[] attributes = Stream.of(beans.getMBeanInfo(object).getAttributes())
                        .map(MBeanAttributeInfo::getName)
                        .toArray(String[]::new);
                for (Attribute attribute :
                        beans.getAttributes(object, attributes).asList()) {
                    values.put(attribute.getName(), attribute.getValue());
                }
            }
            return values;
        } catch (InstanceNotFoundException goneInBetween) {
            return Map.of();
        } catch (IOException | JMException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * What threads that are alive have used since they began.
     *
     * @param name what their names begin with
     * @return time on a core, in user and in kernel mode
     */
    public Duration cpuTime(String name) {
        try {
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                    .filter(thread -> thread != null && thread.getThreadName().startsWith(name))
                    .map(thread -> Duration.ofNanos(threads.getThreadCpuTime(thread.getThreadId())))
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
