package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.io.File;
import java.util.List;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;

/** Filling in forms. What is not there fails as an assertion: the page is not what was meant. */
final class Fields {
  private final HtmlPage page;

  Fields(HtmlPage page) {
    this.page = page;
  }

  HtmlForm form(int index) {
    List<HtmlForm> forms = page.getForms();
    if (index < 0 || index >= forms.size()) {
      throw missing("there is no form " + index + " on the page; it has " + forms.size());
    }
    return forms.get(index);
  }

  HtmlElement control(int form, int index) {
    List<HtmlElement> controls = Views.controls(form(form));
    if (index < 0 || index >= controls.size()) {
      throw missing("form " + form + " has no field " + index + "; it has " + controls.size());
    }
    return controls.get(index);
  }

  void set(int form, int field, String value) {
    switch (control(form, field)) {
      case HtmlSelect select -> select.setSelectedAttribute(option(select, value), true);
      case HtmlTextArea area -> area.setText(value);
      case HtmlFileInput file -> throw missing("a file is attached, not written");
      case HtmlInput input -> input.setValue(value);
      case HtmlElement other -> throw missing("a " + other.getTagName() + " takes no text");
    }
  }

  void check(int form, int field, boolean on) {
    if (control(form, field) instanceof HtmlInput input) {
      input.setChecked(on);
    } else {
      throw missing("field " + field + " of form " + form + " cannot be checked");
    }
  }

  void choose(int form, int field, String option, boolean on) {
    if (control(form, field) instanceof HtmlSelect select) {
      select.setSelectedAttribute(option(select, option), on);
    } else {
      throw missing("field " + field + " of form " + form + " has no options");
    }
  }

  void attach(int form, int field, String name, String mediaType, byte[] content) {
    if (control(form, field) instanceof HtmlFileInput input) {
      input.setData(content);
      input.setContentType(mediaType);
      input.setFiles(new File(name)); // its name alone; the file is never looked for
    } else {
      throw missing("field " + field + " of form " + form + " takes no file");
    }
  }

  private static HtmlOption option(HtmlSelect select, String wanted) {
    List<HtmlOption> options = select.getOptions();
    return options.stream()
        .filter(option -> option.getValueAttribute().equals(wanted))
        .findFirst()
        .or(() -> options.stream().filter(o -> Views.text(o).equals(wanted)).findFirst())
        .orElseThrow(() -> missing("there is no option \"" + wanted + "\""));
  }

  static BrowserException missing(String text) {
    return new BrowserException(new Failure(ErrorKind.ASSERTION, null, text));
  }
}
