package io.tailrace.connect.etcd.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The members of an etcd cluster.
 *
 * @param uris at least one; each has a scheme, a host and perhaps a port, and nothing else
 * @param tls whether they are reached over TLS: all or none
 */
public record Endpoints(List<URI> uris, boolean tls) {
    static final ConfigDef.Validator VALIDATOR = ConfigDef.LambdaValidator.with(
            (name, value) -> {
                List<String> texts = new ArrayList<>();
                ((List<?>) value).forEach(text -> texts.add((String) text));
                parse(texts);
            },
            () -> "http://host:port,... or https://host:port,...");

    private static final int DEFAULT_PORT = 2379;

    static Endpoints parse(List<String> texts) {
        List<URI> uris = texts.stream().map(Endpoints::parse).toList();
        if (uris.isEmpty()) {
            throw new ConfigException(
                    EtcdConfig.ENDPOINTS, "", "must name at least one, such as http://127.0.0.1:2379");
        }
        boolean tls = uris.get(0).getScheme().equals("https");
        if (uris.stream().anyMatch(uri -> uri.getScheme().equals("https") != tls)) {
            throw new ConfigException(EtcdConfig.ENDPOINTS, texts, "must be all http:// or all https://");
        }
        return new Endpoints(uris, tls);
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (known && bare && uri.getHost() != null && uri.getPort() <= 65_535) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through to the one message that says what is wanted.
        }
        // The text isn't repeated where it might hold a password.
        String shown = text.contains("@") ? "an endpoint with @" : text;
        throw new ConfigException(EtcdConfig.ENDPOINTS, shown, "must be http://host:port or https://host:port");
    }

    /**
     * The target in the form that jetcd's resolver for fixed addresses takes.
     *
     * @param authority the host name to expect in certificates, or empty for each endpoint's own
     * @return a URI
     */
    public String target(String authority) {
        String addresses = uris.stream()
                .map(uri -> uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()))
                .distinct()
                .collect(Collectors.joining(","));
        // The brackets of IPv6 addresses aren't allowed in a URI's path as they are.
        String escaped = addresses.replace("[", "%5B").replace("]", "%5D");
        return "ip://" + authority + "/" + escaped;
    }

    /** The endpoints, comma-separated, for messages. */
    @Override
    public String toString() {
        return uris.stream().map(URI::toString).collect(Collectors.joining(","));
    }
}
