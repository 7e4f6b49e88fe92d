package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests to etcd's HTTP gateway that few tests make: with credentials, and for what isn't text. */
public final class EtcdGateway {
    private EtcdGateway() {}

    /**
     * Writes a key whose value needn't be text.
     *
     * @param endpoint of a member
     * @param key any text
     * @param value any bytes
     */
    public static void putBytes(String endpoint, String key, byte[] value) {
        post(
                endpoint,
                "/v3/kv/put",
                "{\"key\":\"" + base64(key.getBytes(StandardCharsets.UTF_8)) + "\",\"value\":\"" + base64(value)
                        + "\"}");
    }

    /**
     * Lets user {@code agent} read keys, and demands credentials of everybody from now on.
     *
     * @param endpoint of a member
     * @param password of the user
     * @param prefix of the keys
     */
    public static void enableAuth(String endpoint, String password, String prefix) {
        String key = base64(prefix.getBytes(StandardCharsets.UTF_8));
        String end = base64((prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1))
                .getBytes(StandardCharsets.UTF_8));
        post(endpoint, "/v3/auth/user/add", "{\"name\":\"root\",\"password\":\"root\"}");
        post(endpoint, "/v3/auth/user/grant", "{\"user\":\"root\",\"role\":\"root\"}");
        post(endpoint, "/v3/auth/role/add", "{\"name\":\"reader\"}");
        post(
                endpoint,
                "/v3/auth/role/grant",
                "{\"name\":\"reader\",\"perm\":{\"permType\":\"READ\",\"key\":\"" + key + "\",\"range_end\":\"" + end
                        + "\"}}");
        post(endpoint, "/v3/auth/user/add", "{\"name\":\"agent\",\"password\":\"" + password + "\"}");
        post(endpoint, "/v3/auth/user/grant", "{\"user\":\"agent\",\"role\":\"reader\"}");
        post(endpoint, "/v3/auth/enable", "{}");
    }

    /**
     * Makes the roles {@code agent} and {@code operator}, each with a user of the same name whose password is the name and
     * {@code -pass}, and demands credentials of everybody from now on.
     *
     * @param endpoint of a member
     * @param config prefix of the keys that agents read and operators write
     * @param status prefix of the keys that agents write and operators read
     * @param more prefixes of keys that operators alone read and write
     */
    public static void enableRoles(String endpoint, String config, String status, String... more) {
        post(endpoint, "/v3/auth/user/add", "{\"name\":\"root\",\"password\":\"root\"}");
        post(endpoint, "/v3/auth/user/grant", "{\"user\":\"root\",\"role\":\"root\"}");
        for (String role : new String[] {"agent", "operator"}) {
            boolean agent = role.equals("agent");
            post(endpoint, "/v3/auth/role/add", "{\"name\":\"" + role + "\"}");
            grant(endpoint, role, agent ? "READ" : "READWRITE", config);
            grant(endpoint, role, agent ? "WRITE" : "READ", status);
            post(endpoint, "/v3/auth/user/add", "{\"name\":\"" + role + "\",\"password\":\"" + role + "-pass\"}");
            post(endpoint, "/v3/auth/user/grant", "{\"user\":\"" + role + "\",\"role\":\"" + role + "\"}");
        }
        for (String prefix : more) {
            grant(endpoint, "operator", "READWRITE", prefix);
        }
        post(endpoint, "/v3/auth/enable", "{}");
    }

    private static void grant(String endpoint, String role, String type, String prefix) {
        String key = base64(prefix.getBytes(StandardCharsets.UTF_8));
        String end = base64((prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1))
                .getBytes(StandardCharsets.UTF_8));
        post(
                endpoint,
                "/v3/auth/role/grant",
                "{\"name\":\"" + role + "\",\"perm\":{\"permType\":\"" + type + "\",\"key\":\"" + key
                        + "\",\"range_end\":\"" + end + "\"}}");
    }

    /**
     * Writes as root while authentication is on.
     *
     * @param endpoint of a member
     * @param key any text
     * @param value any text
     */
    public static void putAsRoot(String endpoint, String key, String value) {
        asRoot(
                endpoint,
                "/v3/kv/put",
                "{\"key\":\"" + base64(key.getBytes(StandardCharsets.UTF_8)) + "\",\"value\":\""
                        + base64(value.getBytes(StandardCharsets.UTF_8)) + "\"}");
    }

    /**
     * Deletes as root while authentication is on.
     *
     * @param endpoint of a member
     * @param key any text
     */
    public static void deleteAsRoot(String endpoint, String key) {
        asRoot(endpoint, "/v3/kv/deleterange", "{\"key\":\"" + base64(key.getBytes(StandardCharsets.UTF_8)) + "\"}");
    }

    private static void asRoot(String endpoint, String path, String body) {
        String answer = post(endpoint, "/v3/auth/authenticate", "{\"name\":\"root\",\"password\":\"root\"}");
        String token = answer.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
        send(HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("Authorization", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /**
     * One of etcd's metrics, such as how many requests of a kind are open.
     *
     * @param endpoint of a member
     * @param name what the metric's name and labels begin with
     * @return the sum over all labels
     */
    public static double metric(String endpoint, String name) {
        return send(HttpRequest.newBuilder(URI.create(endpoint + "/metrics")).build())
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String post(String endpoint, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(endpoint + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
