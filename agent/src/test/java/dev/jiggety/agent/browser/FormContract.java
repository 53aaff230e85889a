package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forms of every kind. */
abstract class FormContract extends BrowserContract {
  private static final int ORDER = 0;
  private static final int SEARCH = 1;
  private static final int SPOT = 2;
  private static final int UPLOAD = 3;
  private static final int OUTER = 4;

  @Test
  void tellsFieldsAsTheyAre() {
    Browser browser = fields();
    List<View.Form> forms = browser.view().forms();
    assertThat(forms).hasSize(5);
    View.Form order = forms.get(ORDER);
    assertThat(order.id()).isEqualTo("first");
    assertThat(order.name()).isEqualTo("order");
    assertThat(order.action()).isEqualTo(at("/echo"));
    assertThat(order.method()).isEqualTo("POST");
    assertThat(order.fields())
        .extracting(View.Field::type)
        .containsExactly(
            "hidden",
            "text",
            "password",
            "textarea",
            "select",
            "select-multiple",
            "checkbox",
            "checkbox",
            "radio",
            "radio",
            "text",
            "text",
            "submit",
            "submit",
            "button");
    assertThat(order.fields()).extracting(View.Field::index).startsWith(0, 1, 2).isSorted();
    assertThat(field(order, "token").value()).isEqualTo("t-1");
    assertThat(field(order, "secret").id()).isEqualTo("the-secret");
    assertThat(field(order, "note").value()).isEqualTo("as it was");
    assertThat(field(order, "gift").checked()).isFalse();
    assertThat(field(order, "gift").value()).isEqualTo("yes");
    assertThat(field(order, "news").checked()).isTrue();
    assertThat(field(order, "news").value()).isEqualTo("on");
    assertThat(field(order, "fixed").readOnly()).isTrue();
    assertThat(field(order, "off").disabled()).isTrue();
    assertThat(field(order, "go").submits()).isTrue();
    assertThat(field(order, "act").submits()).isTrue();
    assertThat(field(order, "idle").submits()).isFalse();
    View.Field size = field(order, "size");
    assertThat(size.value()).isEqualTo("m");
    assertThat(size.options())
        .containsExactly(
            new View.Option("s", "Small", false),
            new View.Option("m", "Middle", true),
            new View.Option("Large one", "Large one", false));
    assertThat(field(order, "extras").options())
        .extracting(View.Option::selected)
        .containsExactly(true, false, true);
    assertThat(forms.get(SEARCH).method()).isEqualTo("GET");
    assertThat(forms.get(SPOT).fields()).extracting(View.Field::type).containsExactly("image");
    assertThat(field(forms.get(UPLOAD), "upload").type()).isEqualTo("file");
    assertThat(forms.get(OUTER).fields())
        .extracting(View.Field::name)
        .containsExactly("inside", "outside", "b");
  }

  @Test
  void postsWhatWasFilledIn() {
    Browser browser = fields();
    set(browser, ORDER, "user", "Jäck & Jill");
    set(browser, ORDER, "secret", "fat pig");
    set(browser, ORDER, "note", "two\nlines");
    set(browser, ORDER, "size", "Large one");
    browser.check(ORDER, index(browser, ORDER, "gift"), true);
    browser.check(ORDER, index(browser, ORDER, "news"), false);
    browser.check(ORDER, index(browser, ORDER, "way") + 1, true);
    browser.choose(ORDER, index(browser, ORDER, "extras"), "Bean", true);
    browser.choose(ORDER, index(browser, ORDER, "extras"), "c", false);
    View.Form filled = browser.view().forms().get(ORDER);
    assertThat(field(filled, "user").value()).isEqualTo("Jäck & Jill");
    assertThat(field(filled, "gift").checked()).isTrue();
    browser.submit(ORDER, index(browser, ORDER, "act"));
    assertThat(echoed(browser))
        .startsWith("POST /echo")
        .containsIgnoringCase("referer: " + at("/fields"))
        .endsWith(
            "token=t-1&user=J%C3%A4ck+%26+Jill&secret=fat+pig&note=two%0D%0Alines&size=Large+one"
                + "&extras=a&extras=b&gift=yes&way=rail&fixed=stays&act=save");
  }

  @Test
  void picksByValueAsWellAsByText() {
    Browser browser = fields();
    set(browser, ORDER, "size", "s");
    browser.submit(ORDER, index(browser, ORDER, "go"));
    assertThat(echoed(browser)).contains("size=s&").endsWith("fixed=stays&go=Order");
  }

  @Test
  void sendsNoButtonWhenNoneIsMeant() {
    Browser browser = fields();
    browser.submit(ORDER, -1);
    assertThat(echoed(browser)).contains("news=on").endsWith("fixed=stays");
  }

  @Test
  void getsWithTheFieldsAsQuery() {
    Browser browser = fields();
    browser.submit(SEARCH, -1);
    assertThat(browser.view().url()).isEqualTo(at("/echo?q=a+b%26c"));
  }

  @Test
  void sendsWhereAnImageWasClicked() {
    Browser browser = fields();
    browser.submit(SPOT, 0);
    assertThat(echoed(browser)).containsPattern("spot\\.x=\\d+&spot\\.y=\\d+$");
  }

  @Test
  void uploadsFiles() {
    Browser browser = fields();
    browser.attach(
        UPLOAD,
        index(browser, UPLOAD, "upload"),
        "pigs.csv",
        "text/csv",
        "name;weight\nJack;120\n".getBytes(StandardCharsets.UTF_8));
    browser.submit(UPLOAD, -1);
    assertThat(echoed(browser))
        .containsIgnoringCase("content-type: multipart/form-data; boundary=")
        .containsPattern("name=\"title\"\\s+report")
        .contains("name=\"upload\"; filename=\"pigs.csv\"")
        .contains("Content-Type: text/csv")
        .contains("Jack;120");
  }

  @Test
  void uploadsNothingWhenNothingIsAttached() {
    Browser browser = fields();
    browser.submit(UPLOAD, -1);
    assertThat(echoed(browser))
        .contains("name=\"upload\"; filename=\"\"")
        .containsPattern("name=\"title\"\\s+report");
  }

  @Test
  void aPageDoesNotChooseFilesOfTheMachine() {
    Browser browser = browser();
    browser.go(at("/thief"));
    browser.submit(0, -1);
    assertThat(echoed(browser)).contains("name=\"loot\"").doesNotContain("root:");
  }

  @Test
  void takesFieldsFromOutsideTheForm() {
    Browser browser = fields();
    browser.submit(OUTER, index(browser, OUTER, "b"));
    assertThat(echoed(browser)).endsWith("inside=1&outside=2&b=3");
  }

  @Test
  void sendsAFormElsewhere() {
    Browser browser = fields();
    browser.action(OUTER, "/echo?another=place");
    assertThat(browser.view().forms().get(OUTER).action()).isEqualTo(at("/echo?another=place"));
    browser.submit(OUTER, -1);
    assertThat(echoed(browser)).startsWith("POST /echo?another=place");
  }

  @Test
  void refusesWhatIsNotThere() {
    Browser browser = fields();
    assertThat(failureOf(() -> set(browser, ORDER, "size", "Gigantic")).text())
        .contains("Gigantic");
    assertThat(failureOf(() -> browser.submit(17, -1)).text()).contains("17");
    assertThat(failureOf(() -> browser.set(ORDER, 170, "x")).text()).contains("170");
  }

  private Browser fields() {
    Browser browser = browser();
    browser.go(at("/fields"));
    return browser;
  }

  private static int index(Browser browser, int form, String name) {
    return field(browser.view().forms().get(form), name).index();
  }

  private static void set(Browser browser, int form, String name, String value) {
    browser.set(form, index(browser, form, name), value);
  }
}
