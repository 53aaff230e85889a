package dev.jiggety.agent.browser;

import dev.jiggety.model.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a browser shows, as it is now.
 *
 * @param url where it is; empty before the first page
 * @param status of the answer that brought it, 0 for none
 * @param headers of that answer; empty where the engine does not tell them
 * @param title of the page; empty for none
 * @param html the page as text: the body as it came where scripts do not run, else what the
 *     document has become
 * @param mediaType without parameters, in lower case; empty for none
 * @param links in the order of the document
 * @param forms in the order of the document
 */
public record View(
    String url,
    int status,
    List<Check.Header> headers,
    String title,
    String html,
    String mediaType,
    List<Link> links,
    List<Form> forms) {
  /** Nothing yet. */
  public static final View EMPTY = new View("", 0, List.of(), "", "", "", List.of(), List.of());

  public View {
    headers = List.copyOf(headers);
    links = List.copyOf(links);
    forms = List.copyOf(forms);
  }

  /**
   * A link.
   *
   * @param text what it reads, without tags
   * @param url absolute
   */
  public record Link(int index, String text, String url) {}

  /**
   * A form.
   *
   * @param index within the page, from 0
   * @param action absolute
   * @param method upper case
   */
  public record Form(
      int index,
      @Nullable String id,
      @Nullable String name,
      String action,
      String method,
      List<Field> fields) {
    public Form {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A control of a form.
   *
   * @param index within the form, from 0
   * @param type of an input, lower case; {@code textarea}, {@code select}, {@code select-multiple},
   *     {@code button}
   * @param value what would be sent; for checkboxes and radio buttons what they send when chosen
   * @param checked of a checkbox or a radio button
   * @param options of a select
   */
  public record Field(
      int index,
      @Nullable String id,
      @Nullable String name,
      String type,
      String value,
      boolean checked,
      boolean readOnly,
      boolean disabled,
      List<Option> options) {
    public Field {
      options = List.copyOf(options);
    }

    /** Whether it submits its form: {@code submit}, {@code image}, a button of that type. */
    public boolean submits() {
      return type.equals("submit") || type.equals("image");
    }
  }

  /** A choice of a select. */
  public record Option(String value, String text, boolean selected) {}
}
