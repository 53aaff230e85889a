package dev.jiggety.signing;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Problem;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keys in files. A private key stands as PKCS #8 in PEM (RFC 7468, RFC 8410) below the line of its
 * public half, in a file for its owner alone. Public keys stand a line each, so that several fit in
 * one file: {@code jiggety-ed25519 BASE64 ROLE NAME}; what follows a {@code #} at the beginning of
 * a line is a remark. Every failure is an {@link IllegalArgumentException} of one line that names
 * the file and the remedy and never shows the secret.
 */
public final class KeyFile {
  private static final String KIND = "jiggety-ed25519";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String WHAT = "key file";

  /** A list of public keys; nothing that is larger is one. */
  private static final long LARGEST = 1 << 20;

  private KeyFile() {}

  /** Writes a new key; one that is there is never overwritten. */
  public static void create(Path file, SigningKey key) {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.secret().getEncoded());
    String text = "%s\n%s\n%s\n%s\n".formatted(line(key.trusted()), BEGIN, body, END);
    try {
      PrivateFiles.create(file, text);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          "there is a key in " + file + " already; choose another file or move it away", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write the key file " + file + ": " + e, e);
    }
  }

  /** The private key of a file. */
  public static SigningKey read(Path file) {
    List<String> lines = lines(file, true);
    int begin = lines.indexOf(BEGIN);
    int end = lines.indexOf(END);
    List<TrustedKey> open =
        lines.subList(0, Math.max(begin, 0)).stream()
            .flatMap(line -> parse(line.strip()).stream())
            .filter(it -> KeyRules.problems(it).isEmpty())
            .toList();
    if (end < begin || open.size() != 1) {
      throw new IllegalArgumentException(
          file + " holds no private key of Jiggety; make one with: jiggety key create");
    }
    PrivateKey secret = secret(String.join("", lines.subList(begin + 1, end)), file);
    SigningKey key = new SigningKey(open.getFirst(), secret);
    if (!key.isWhole()) {
      throw new IllegalArgumentException(
          "the two halves in "
              + file
              + " do not belong together; take a copy of the file, or make"
              + " a new key with: jiggety key create");
    }
    return key;
  }

  /** The line of a public key. */
  public static String line(TrustedKey key) {
    return "%s %s %s %s".formatted(KIND, key.key(), key.role().label(), key.name());
  }

  /** The public keys of a file; at least one. */
  public static List<TrustedKey> readTrusted(Path file) {
    List<String> lines = lines(file, false);
    if (lines.contains(BEGIN)) {
      throw new IllegalArgumentException(
          file + " holds a private key; give its public half, as jiggety key show prints it");
    }
    List<TrustedKey> keys = trusted(lines, file);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          file + " holds no key; put in what jiggety key show prints");
    }
    return keys;
  }

  /** The public keys of a file of them, or the public half of a private key. */
  public static List<TrustedKey> readAny(Path file) {
    return lines(file, false).contains(BEGIN) ? List.of(read(file).trusted()) : readTrusted(file);
  }

  private static List<TrustedKey> trusted(List<String> lines, Path file) {
    List<TrustedKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int number = i + 1;
        keys.add(
            parse(line)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "%s, line %d is no key; such a line reads: %s BASE64 operator|manager|release NAME"
                            .formatted(file, number, KIND))));
      }
    }
    for (TrustedKey key : keys) {
      List<Problem> problems = KeyRules.problems(key);
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            "a key in %s is wrong: %s"
                .formatted(
                    file,
                    problems.stream().map(Problem::toString).collect(Collectors.joining("; "))));
      }
    }
    return List.copyOf(keys);
  }

  private static Optional<TrustedKey> parse(String line) {
    String[] words = line.split(" +", 4);
    Optional<TrustedKey.Role> role =
        words.length < 4
            ? Optional.empty()
            : Arrays.stream(TrustedKey.Role.values())
                .filter(it -> it.label().equals(words[2]))
                .findAny();
    if (!words[0].equals(KIND) || role.isEmpty()) {
      return Optional.empty();
    }
    try {
      String id = KeyRules.id(Base64.getDecoder().decode(words[1]));
      return Optional.of(new TrustedKey(id, words[3], role.get(), words[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PrivateKey secret(String base64, Path file) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // Without the cause, whose text might show what stands there.
      throw new IllegalArgumentException(
          "the private key in "
              + file
              + " is damaged; take a copy of the file, or make a new key"
              + " with: jiggety key create");
    }
  }

  private static List<String> lines(Path file, boolean isPrivate) {
    try {
      if (isPrivate) {
        PrivateFiles.refuseReadableByOthers(file, WHAT);
      }
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException(file + " is too large for a file of keys");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no " + WHAT + " " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the " + WHAT + " " + file, e);
    }
  }
}
