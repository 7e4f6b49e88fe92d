package io.tailrace.connect.elasticsearch.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads PEM files. */
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Logger LOG = LoggerFactory.getLogger(Pem.class);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private Pem() {}

    /**
     * Reads certificates.
     *
     * @param key the configuration key that names the file, for messages
     * @param file where
     * @return all of the file, at least one
     * @throws ConfigException naming key and file if there are none, or they can't be read
     */
    public static List<Certificate> certificates(String key, Path file) {
        List<Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text(key, file));
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (blocks.find()) {
                if (blocks.group(1).equals("CERTIFICATE")) {
                    certificates.add(factory.generateCertificate(new ByteArrayInputStream(bytes(key, file, blocks))));
                }
            }
        } catch (CertificateException e) {
            throw new ConfigException(key, file, "a certificate in it can't be read: " + e.getMessage());
        }
        if (certificates.isEmpty()) {
            throw new ConfigException(key, file, "there is no certificate (BEGIN CERTIFICATE) in it");
        }
        return certificates;
    }

    /**
     * Reads a private key.
     *
     * @param key the configuration key that names the file, for messages
     * @param file where
     * @return the first of the file
     * @throws ConfigException naming key and file if there is none, or it can't be read
     */
    public static PrivateKey privateKey(String key, Path file) {
        Matcher blocks = BLOCK.matcher(text(key, file));
        while (blocks.find()) {
            String type = blocks.group(1);
            if (type.equals("PRIVATE KEY")) {
                return privateKey(key, file, bytes(key, file, blocks));
            }
            if (type.endsWith("PRIVATE KEY")) {
                throw new ConfigException(
                        key,
                        file,
                        "the key in it is of form '" + type + "' and must be PKCS#8 without a password:"
                                + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
            }
        }
        throw new ConfigException(key, file, "there is no private key (BEGIN PRIVATE KEY) in it");
    }

    private static PrivateKey privateKey(String key, Path file, byte[] bytes) {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException e) {
                LOG.debug("{} holds no {} key", file, algorithm, e);
            }
        }
        throw new ConfigException(key, file, "the key in it is none of " + String.join(", ", KEY_ALGORITHMS));
    }

    private static byte[] bytes(String key, Path file, Matcher block) {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, file, "is damaged: " + e.getMessage());
        }
    }

    private static String text(String key, Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ConfigException(key, file, "can't be read: " + e);
        }
    }
}
