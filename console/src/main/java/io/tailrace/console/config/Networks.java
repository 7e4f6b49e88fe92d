package io.tailrace.console.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/** Addresses and networks that something is said of. Never asks a name service. */
public final class Networks {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Network> networks;

    @SuppressWarnings("ArrayRecordComponent")
    private record Network(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads a list.
     *
     * @param texts each an address or a network, such as {@code 10.0.0.0/24}
     * @return the networks
     * @throws ConfigException naming the text that is neither
     */
    public static Networks parse(List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            networks.add(network(text));
        }
        return new Networks(networks);
    }

    private static Network network(String text) {
        String[] parts = text.strip().split("/", -1);
        try {
            byte[] address = bytes(parts[0]);
            int all = address.length * 8;
            int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
            if (parts.length <= 2 && bits >= 0 && bits <= all) {
                return new Network(address, bits);
            }
        } catch (NumberFormatException | UnknownHostException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static ConfigException refused(String text) {
        return new ConfigException(ConsoleConfig.PROXY_ADDRESSES, text, "is neither an address nor a network");
    }

    private static byte[] bytes(String literal) throws UnknownHostException {
        if (!LITERAL.matcher(literal).matches()) {
            throw new UnknownHostException(literal);
        }
        return InetAddress.getByName(literal).getAddress();
    }

    /**
     * Whether an address is in one of them.
     *
     * @param address as text; what isn't an address is in none
     * @return true if it is
     */
    public boolean contains(String address) {
        String plain = address.replaceFirst("%.*$", "");
        try {
            byte[] bytes = bytes(plain);
            return networks.stream().anyMatch(network -> network.contains(bytes));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
