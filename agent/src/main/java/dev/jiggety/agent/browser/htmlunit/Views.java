package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Check;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.htmlunit.Page;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DisabledElement;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlRadioButtonInput;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.javascript.host.Element;
import org.jspecify.annotations.Nullable;

/** What is to be seen of HtmlUnit's pages. */
final class Views {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Set<String> CONTROLS = Set.of("input", "select", "textarea", "button");

  private Views() {}

  static View of(Page page) {
    WebResponse response = page.getWebResponse();
    HtmlPage html = page instanceof HtmlPage htmlPage ? htmlPage : null;
    return new View(
        page.getUrl().toExternalForm(),
        response.getStatusCode(),
        headers(response),
        html == null ? "" : html.getTitleText(),
        text(page),
        response.getContentType().toLowerCase(Locale.ROOT),
        html == null ? List.of() : links(html),
        html == null ? List.of() : forms(html));
  }

  private static List<Check.Header> headers(WebResponse response) {
    return response instanceof Wire.Answer answer
        ? answer.hop().headers()
        : response.getResponseHeaders().stream()
            .map(header -> new Check.Header(header.getName(), header.getValue()))
            .toList();
  }

  private static String text(Page page) {
    if (page instanceof HtmlPage html
        && html.getWebClient().isJavaScriptEnabled()
        && html.getDocumentElement() != null
        && html.getDocumentElement().getScriptableObject() instanceof Element root) {
      return root.getOuterHTML();
    }
    String text = page.getWebResponse().getContentAsString();
    return text == null ? "" : text;
  }

  /** Those with an address, in the order of the document. */
  static List<HtmlAnchor> anchors(HtmlPage page) {
    return page.getAnchors().stream().filter(anchor -> anchor.hasAttribute("href")).toList();
  }

  private static List<View.Link> links(HtmlPage page) {
    List<View.Link> links = new ArrayList<>();
    for (HtmlAnchor anchor : anchors(page)) {
      links.add(
          new View.Link(
              links.size(), line(anchor), absolute(page, anchor.getHrefAttribute().strip())));
    }
    return links;
  }

  private static String line(HtmlElement element) {
    return BLANKS.matcher(element.getTextContent().strip()).replaceAll(" ");
  }

  private static String absolute(HtmlPage page, String url) {
    try {
      return page.getFullyQualifiedUrl(url).toExternalForm();
    } catch (MalformedURLException e) {
      return url;
    }
  }

  private static List<View.Form> forms(HtmlPage page) {
    List<View.Form> forms = new ArrayList<>();
    for (HtmlForm form : page.getForms()) {
      String method = form.getMethodAttribute().toUpperCase(Locale.ROOT);
      forms.add(
          new View.Form(
              forms.size(),
              attribute(form, "id"),
              attribute(form, "name"),
              absolute(page, form.getActionAttribute().strip()),
              method.equals("POST") || method.equals("DIALOG") ? method : "GET",
              fields(form)));
    }
    return forms;
  }

  /** The controls of a form, those included that stand elsewhere and name it. */
  static List<HtmlElement> controls(HtmlForm form) {
    return form.getElements(element -> CONTROLS.contains(element.getTagName()));
  }

  private static List<View.Field> fields(HtmlForm form) {
    List<View.Field> fields = new ArrayList<>();
    for (HtmlElement control : controls(form)) {
      fields.add(
          new View.Field(
              fields.size(),
              attribute(control, "id"),
              attribute(control, "name"),
              type(control),
              value(control),
              control instanceof HtmlInput input && input.isChecked(),
              control.hasAttribute("readonly"),
              control instanceof DisabledElement element && element.isDisabled(),
              control instanceof HtmlSelect select ? options(select) : List.of()));
    }
    return fields;
  }

  private static String type(HtmlElement control) {
    return switch (control) {
      case HtmlSelect select -> select.isMultipleSelectEnabled() ? "select-multiple" : "select";
      case HtmlTextArea area -> "textarea";
      case HtmlButton button -> button.getType().toLowerCase(Locale.ROOT);
      case HtmlInput input -> input.getType().toLowerCase(Locale.ROOT);
      default -> control.getTagName();
    };
  }

  private static String value(HtmlElement control) {
    return switch (control) {
      case HtmlSelect select ->
          select.getSelectedOptions().isEmpty()
              ? ""
              : select.getSelectedOptions().getFirst().getValueAttribute();
      case HtmlTextArea area -> area.getText();
      case HtmlButton button -> button.getValueAttribute();
      case HtmlFileInput file ->
          file.getFiles() == null || file.getFiles().length == 0
              ? ""
              : file.getFiles()[0].getName();
      case HtmlCheckBoxInput box -> chosen(box);
      case HtmlRadioButtonInput radio -> chosen(radio);
      case HtmlInput input -> input.getValue();
      default -> "";
    };
  }

  private static String chosen(HtmlInput input) {
    return input.hasAttribute("value") ? input.getValueAttribute() : "on";
  }

  private static List<View.Option> options(HtmlSelect select) {
    return select.getOptions().stream()
        .map(option ->
            new View.Option(option.getValueAttribute(), text(option), option.isSelected()))
        .toList();
  }

  static String text(HtmlOption option) {
    return line(option);
  }

  private static @Nullable String attribute(DomElement element, String name) {
    return element.hasAttribute(name) ? element.getAttribute(name) : null;
  }
}
