package dev.jiggety.agent.judge;

import dev.jiggety.model.Check.Header;
import dev.jiggety.model.rules.CssPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jaxen.BaseXPath;
import org.jaxen.JaxenException;
import org.jaxen.XPathFunctionContext;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** A body as a page: HTML as browsers read it, or XML where the answer says so. */
final class PageBody {
  private final Document document;
  private org.w3c.dom.@Nullable Document dom;

  private PageBody(Document document) {
    this.document = document;
  }

  static PageBody parse(Answer answer) {
    String body = answer.body() == null ? "" : answer.body();
    return new PageBody(
        isXml(answer.headers(), body)
            ? Jsoup.parse(body, "", Parser.xmlParser())
            : Jsoup.parse(body));
  }

  private static boolean isXml(List<Header> headers, String body) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("content-type")) {
        String type = header.value().toLowerCase(Locale.ROOT);
        return type.contains("xml") && !type.contains("html");
      }
    }
    return body.stripLeading().startsWith("<?xml");
  }

  /**
   * The texts of the elements, or of their attribute; elements without the attribute are passed.
   */
  List<String> css(String expression) {
    CssPath path = CssPath.of(expression);
    weigh(new Budget());
    List<String> found = new ArrayList<>();
    for (Element element : document.select(path.selector())) {
      if (path.attribute().isEmpty()) {
        found.add(element.text());
      } else if (element.hasAttr(path.attribute())) {
        found.add(element.attr(path.attribute()));
      }
    }
    return found;
  }

  /** How much there is to search: each element may be compared with all around it. */
  private void weigh(Budget budget) {
    document.traverse((Node node, int depth) ->
        budget.take(
            1
                + depth
                + (node instanceof TextNode text
                    ? (long) depth * text.getWholeText().length() / 64
                    : 0)));
  }

  /**
   * The texts of the nodes; one text where the expression is a number, a text or a condition.
   *
   * @throws JaxenException when it is no XPath 1.0 that can be worked out
   */
  List<String> xpath(String expression) throws JaxenException {
    BaseXPath path = new BaseXPath(expression, new BoundedNavigator(new Budget()));
    path.setFunctionContext(new XPathFunctionContext(false));
    List<String> found = new ArrayList<>();
    Object value = path.evaluate(dom());
    if (value instanceof List<?> nodes) {
      for (Object node : nodes) {
        found.add(text(node));
      }
    } else {
      found.add(path.stringValueOf(dom()));
    }
    return found;
  }

  private static String text(Object node) {
    String text =
        node instanceof org.w3c.dom.Node one ? String.valueOf(one.getTextContent()) : "" + node;
    return text.strip().replaceAll("\\s+", " ");
  }

  private org.w3c.dom.Document dom() {
    org.w3c.dom.Document made = dom;
    if (made == null) {
      made = new W3CDom().namespaceAware(false).fromJsoup(document);
      dom = made;
    }
    return made;
  }
}
