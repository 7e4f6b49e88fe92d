package io.tailrace.connect.filetail.entries;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about the host that files are read on.
 *
 * @param hostId what the host is called in remembered positions
 * @param hostname the host's name
 * @param addresses its global unicast addresses as text, IPv4 before IPv6; IPv6 in its short form ({@code 2001:db8::1})
 */
public record HostFacts(String hostId, String hostname, List<String> addresses) {
    private static final Logger LOG = LoggerFactory.getLogger(HostFacts.class);
    /** What {@code uname -n} and the agents of old answer. A name service is not asked: it may be slow, or of another opinion. */
    private static final Path LINUX_NAME = Path.of("/proc/sys/kernel/hostname");

    /** Keeps a copy of the addresses. */
    public HostFacts {
        addresses = List.copyOf(addresses);
    }

    /**
     * Looks at this host.
     *
     * @param hostId the configured id, empty to take the host's name
     * @return what was found; no addresses if the host has none but loopback and link-local ones
     */
    public static HostFacts detect(String hostId) {
        String hostname = detectHostname();
        return new HostFacts(hostId.isEmpty() ? hostname : hostId, hostname, detectAddresses());
    }

    private static String detectHostname() {
        try {
            if (Files.isReadable(LINUX_NAME)) {
                return Files.readString(LINUX_NAME).strip();
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The message of this exception begins with the name that could not be looked up.
            LOG.warn("This host's name has no address; it is called localhost", e);
        } catch (IOException e) {
            LOG.warn("This host's name cannot be read; it is called localhost", e);
        }
        return "localhost";
    }

    private static List<String> detectAddresses() {
        try {
            return texts(NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList());
        } catch (SocketException e) {
            LOG.warn("This host's addresses cannot be read; it is taken to have none", e);
            return List.of();
        }
    }

    /** The global unicast ones of some addresses, as text, in an order that doesn't depend on that of the interfaces. */
    static List<String> texts(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(HostFacts::isGlobalUnicast)
                .sorted(Comparator.comparing((InetAddress address) -> address.getAddress().length)
                        .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned))
                .map(HostFacts::text)
                .distinct()
                .toList();
    }

    /** In the wide sense: private ranges are global unicast too, only loopback, link-local, multicast and the like are not. */
    static boolean isGlobalUnicast(InetAddress address) {
        boolean broadcast = Arrays.equals(address.getAddress(), new byte[] {-1, -1, -1, -1});
        return !(broadcast
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress());
    }

    /** The text of RFC 5952: Java's own neither shortens IPv6 nor leaves out the interface, and nobody types that. */
    static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        int[] groups = groups(address.getAddress());
        int[] zeros = longestZeros(groups);
        if (zeros[1] < 2) {
            return hex(groups, 0, groups.length);
        }
        return hex(groups, 0, zeros[0]) + "::" + hex(groups, zeros[0] + zeros[1], groups.length);
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        return groups;
    }

    /** Where the first longest run of zeros begins, and its length. */
    private static int[] longestZeros(int[] groups) {
        int[] longest = {0, 0};
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            length = groups[i] == 0 ? length + 1 : 0;
            if (length > longest[1]) {
                longest = new int[] {i - length + 1, length};
            }
        }
        return longest;
    }

    private static String hex(int[] groups, int from, int to) {
        return String.join(
                ":",
                Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).toList());
    }
}
