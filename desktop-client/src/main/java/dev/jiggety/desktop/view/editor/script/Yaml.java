package dev.jiggety.desktop.view.editor.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** YAML, as far as an editor has to know it. */
public final class Yaml implements Language {
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<comment>(?:^|(?<=\\s))#.*$)"
              + "|(?<word>(?:^|(?<=[\\s{,-]))[A-Za-z][\\w.-]*(?=:(?:\\s|$)))"
              + "|(?<variable>\\$\\{[^}\\s]*})"
              + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*')");

  private final Function<String, List<Completion>> secrets;

  /**
   * The language.
   *
   * @param secrets what completes a secret that is begun
   */
  public Yaml(Function<String, List<Completion>> secrets) {
    this.secrets = secrets;
  }

  @Override
  public List<Mark> marks(String line) {
    return marks(PIECE.matcher(line), "comment", "word", "variable", "text");
  }

  static List<Mark> marks(Matcher matcher, String... styles) {
    List<Mark> marks = new ArrayList<>();
    while (matcher.find()) {
      for (String style : styles) {
        if (matcher.group(style) != null) {
          marks.add(new Mark(matcher.start(), matcher.end(), style));
          break;
        }
      }
    }
    return marks;
  }

  @Override
  public List<Completion> complete(String before) {
    return secrets.apply(before);
  }

  @Override
  public String explain(String line) {
    return "";
  }
}
