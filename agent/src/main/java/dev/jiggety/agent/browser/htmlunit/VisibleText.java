package dev.jiggety.agent.browser.htmlunit;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.htmlunit.SgmlPage;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.DomText;
import org.jspecify.annotations.Nullable;

/**
 * The text that a reader sees, in one walk over the page. What hides by a {@code hidden} attribute
 * or its own style is left out, what hides by a style sheet is not: HtmlUnit would look through all
 * of the page for each element to know.
 */
final class VisibleText {
  private static final Set<String> UNSEEN =
      Set.of("head", "script", "style", "noscript", "template", "iframe", "object", "select");
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "img",
          "input", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub",
          "sup", "time", "u", "var", "wbr", "button");
  private static final Pattern HIDDEN =
      Pattern.compile("(?i)(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden)\\b");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final StringBuilder text = new StringBuilder();

  private VisibleText() {}

  static String of(SgmlPage page) {
    VisibleText visible = new VisibleText();
    visible.walk(page.getDocumentElement());
    return visible.text.toString().strip();
  }

  /** Without recursion, since pages nest as deeply as they like. */
  private void walk(@Nullable DomNode root) {
    DomNode node = root;
    while (node != null) {
      boolean seen = enter(node);
      DomNode next = seen ? node.getFirstChild() : null;
      while (next == null && node != null && node != root) {
        leave(node);
        next = node.getNextSibling();
        node = next == null ? node.getParentNode() : node;
      }
      node = next;
    }
  }

  private boolean enter(DomNode node) {
    if (node instanceof DomText words) {
      append(words.getData());
      return false;
    }
    if (!(node instanceof DomElement element) || hides(element)) {
      return false;
    }
    if (!inline(element)) {
      newLine();
    }
    return true;
  }

  private void leave(DomNode node) {
    if (node instanceof DomElement element && !inline(element)) {
      newLine();
    }
  }

  private void append(String words) {
    String line = BLANKS.matcher(words).replaceAll(" ");
    boolean blankBefore =
        text.isEmpty()
            || text.charAt(text.length() - 1) == ' '
            || text.charAt(text.length() - 1) == '\n';
    text.append(blankBefore ? line.stripLeading() : line);
  }

  private void newLine() {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == ' ') {
      text.setLength(--end);
    }
    if (end > 0 && text.charAt(end - 1) != '\n') {
      text.append('\n');
    }
  }

  private static boolean inline(DomElement element) {
    return INLINE.contains(element.getTagName().toLowerCase(Locale.ROOT));
  }

  private static boolean hides(DomElement element) {
    return UNSEEN.contains(element.getTagName().toLowerCase(Locale.ROOT))
        || element.hasAttribute("hidden")
        || (element.hasAttribute("style") && HIDDEN.matcher(element.getAttribute("style")).find());
  }
}
