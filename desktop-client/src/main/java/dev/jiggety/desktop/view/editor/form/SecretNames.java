package dev.jiggety.desktop.view.editor.form;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of secrets in use, for the completion of {@code ${secret.NAME}}; never a value, which
 * no desktop knows. FX thread only, but for what is static.
 */
public final class SecretNames {
  private static final Pattern BEGUN =
      Pattern.compile("\\$\\{(?:secret\\.(?<name>[A-Za-z0-9_.-]*)|s?e?c?r?e?t?)$");
  private static final Pattern USED = Pattern.compile("\\$\\{secret\\.([A-Za-z0-9_.-]+)}");

  private Set<String> names = new TreeSet<>();

  /** All names that texts use. For any thread. */
  public static NavigableSet<String> in(Collection<String> texts) {
    NavigableSet<String> found = new TreeSet<>();
    for (String text : texts) {
      Matcher matcher = USED.matcher(text);
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  /** From now on these are known. */
  public void know(Collection<String> known) {
    names = new TreeSet<>(known);
  }

  /** What can take the place of the end of a text, from {@link #begin} on; empty for nothing. */
  public List<String> after(String text) {
    Matcher matcher = BEGUN.matcher(text);
    if (!matcher.find()) {
      return List.of();
    }
    String begun = matcher.group("name") == null ? "" : matcher.group("name");
    return names.stream()
        .filter(name -> name.startsWith(begun))
        .map(name -> "${secret." + name + "}")
        .toList();
  }

  /** Where the word begins that a completion takes the place of. */
  public int begin(String text) {
    Matcher matcher = BEGUN.matcher(text);
    return matcher.find() ? matcher.start() : text.length();
  }
}
