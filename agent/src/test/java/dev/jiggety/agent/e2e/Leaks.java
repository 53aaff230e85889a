package dev.jiggety.agent.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for a planted secret, in every form in which it is likely to stand somewhere. */
final class Leaks {
  private final Map<String, byte[]> forms = new LinkedHashMap<>();

  private Leaks() {}

  static Leaks of(String secret) {
    Leaks leaks = new Leaks();
    leaks.add("plain", secret.getBytes(StandardCharsets.UTF_8));
    leaks.add("two bytes a character", secret.getBytes(StandardCharsets.UTF_16LE));
    leaks.add("URL-encoded", URLEncoder.encode(secret, StandardCharsets.UTF_8));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    leaks.add("hexadecimal", HexFormat.of().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // What is the same whatever stands before and behind.
      String inner = whole.substring(before == 0 ? 0 : before + 1, whole.length() - 1);
      leaks.add("Base64, shifted by " + before, inner);
    }
    return leaks;
  }

  private void add(String form, String text) {
    add(form, text.getBytes(StandardCharsets.US_ASCII));
  }

  private void add(String form, byte[] bytes) {
    forms.put(form, bytes);
  }

  /** In which forms it stands in these bytes. */
  List<String> in(byte[] bytes) {
    return forms.entrySet().stream()
        .filter(form -> contains(bytes, form.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Every file below a folder in which it stands, with the form. */
  List<String> below(Path folder, Path... but) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Arrays.stream(but).noneMatch(file::startsWith)) {
          in(read(file)).forEach(form -> found.add(file + ": " + form));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0]; // a database has folded its log meanwhile
    }
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    int last = bytes.length - wanted.length;
    for (int at = 0; at <= last; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
