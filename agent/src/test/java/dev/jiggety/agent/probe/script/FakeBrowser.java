package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.browser.View.Field;
import dev.jiggety.agent.browser.View.Form;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** A browser without a network: pages come out of a {@link FakeSite}, each after ten ms. */
final class FakeBrowser implements Browser {
  private static final Duration WAIT = Duration.ofMillis(10);

  private final FakeSite site;
  private final List<View> pages = new ArrayList<>();
  private final List<Hop> exchanges = new ArrayList<>();
  private View view = View.EMPTY;

  FakeBrowser(FakeSite site) {
    this.site = site;
    site.log("open");
  }

  @Override
  public void go(String url) {
    show(view.url().isEmpty() ? url : URI.create(view.url()).resolve(url).toString(), "GET");
  }

  @Override
  public void back() {
    if (pages.size() < 2) {
      throw failure(ErrorKind.ASSERTION, "there is no page before this one");
    }
    pages.removeLast();
    view = pages.getLast();
    site.log("back to " + view.url());
  }

  @Override
  public void reload() {
    String url = view.url();
    pages.removeLast();
    show(url, "GET");
  }

  @Override
  public void follow(View.Link link) {
    show(link.url(), "GET");
  }

  @Override
  public void submit(int form, int button) {
    Form sent = view.forms().get(form);
    List<String> values = new ArrayList<>();
    for (Field field : sent.fields()) {
      boolean chosen = !List.of("checkbox", "radio").contains(field.type()) || field.checked();
      boolean other = field.submits() && field.index() != button;
      if (chosen && !other && !field.disabled()) {
        values.add(field.name() + "=" + field.value());
      }
    }
    site.log("send " + String.join("&", values));
    show(sent.action(), sent.method());
  }

  @Override
  public PageLoad load(String url, Duration settle) {
    throw new UnsupportedOperationException();
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public List<String> xpath(String expression) {
    return site.found(view.url(), expression);
  }

  @Override
  public List<String> css(String selector) {
    return site.found(view.url(), selector);
  }

  @Override
  public void set(int form, int field, String value) {
    change(
        form,
        field,
        old -> with(old, value, old.checked(), options(old, option -> option.equals(value))));
  }

  @Override
  public void check(int form, int field, boolean on) {
    Field picked = view.forms().get(form).fields().get(field);
    for (Field other : view.forms().get(form).fields()) {
      if (picked.type().equals("radio") && Objects.equals(other.name(), picked.name())) {
        change(form, other.index(), old -> with(old, old.value(), false, old.options()));
      }
    }
    change(form, field, old -> with(old, old.value(), on, old.options()));
  }

  @Override
  public void choose(int form, int field, String option, boolean on) {
    change(
        form,
        field,
        old -> {
          List<View.Option> options = new ArrayList<>();
          List<String> chosen = new ArrayList<>();
          for (View.Option each : old.options()) {
            boolean selected = each.value().equals(option) ? on : each.selected();
            options.add(new View.Option(each.value(), each.text(), selected));
            if (selected) {
              chosen.add(each.value());
            }
          }
          return with(old, String.join("+", chosen), old.checked(), options);
        });
  }

  @Override
  public void attach(int form, int field, String fileName, String mediaType, byte[] content) {
    String text =
        fileName
            + ":"
            + mediaType
            + ":"
            + new String(content, java.nio.charset.StandardCharsets.UTF_8);
    change(form, field, old -> with(old, text, false, List.of()));
  }

  @Override
  public void action(int form, String url) {
    Form old = view.forms().get(form);
    String action = URI.create(view.url()).resolve(url).toString();
    replace(new Form(old.index(), old.id(), old.name(), action, old.method(), old.fields()));
  }

  @Override
  public List<String> cookies() {
    return site.cookies();
  }

  @Override
  public void clearCookies() {
    site.log("no cookies");
  }

  @Override
  public void authenticate(String realm, String url, String user, String password) {
    site.log("auth " + realm + " " + url + " " + user + " " + password);
  }

  @Override
  public void headers(List<Check.Header> headers) {
    site.log("headers " + headers.stream().map(h -> h.name() + "=" + h.value()).toList());
  }

  @Override
  public void timeout(Duration timeout) {
    site.log("timeout " + timeout.toMillis());
  }

  @Override
  public void refreshLimit(int seconds) {
    site.log("refresh " + seconds);
  }

  @Override
  public List<String> history() {
    return pages.stream().map(View::url).toList();
  }

  @Override
  public List<Hop> exchanges() {
    List<Hop> all = List.copyOf(exchanges);
    exchanges.clear();
    return all;
  }

  @Override
  public long bytes() {
    return 1000;
  }

  @Override
  public OptionalLong certificateDays() {
    return view.url().startsWith("https:") ? OptionalLong.of(20) : OptionalLong.empty();
  }

  @Override
  public Optional<Picture> picture() {
    return Optional.of(new Picture("image/png", "AAAA"));
  }

  @Override
  public void close() {
    site.log("close");
  }

  private void show(String url, String method) {
    site.log(method + " " + url);
    site.pass(WAIT);
    View page = site.page(url);
    exchanges.add(new Hop(url, page.status(), Phases.of(Map.of(Phase.WAIT, WAIT))));
    if (page.status() == 0) {
      throw failure(ErrorKind.REFUSED, "connection refused");
    }
    view = page;
    pages.add(page);
  }

  private static BrowserException failure(ErrorKind kind, String text) {
    return new BrowserException(new Failure(kind, null, text));
  }

  private void change(int form, int field, UnaryOperator<Field> change) {
    Form old = view.forms().get(form);
    List<Field> fields = new ArrayList<>(old.fields());
    fields.set(field, change.apply(fields.get(field)));
    replace(new Form(old.index(), old.id(), old.name(), old.action(), old.method(), fields));
  }

  private void replace(Form form) {
    Form[] forms = view.forms().toArray(Form[]::new);
    forms[form.index()] = form;
    view =
        new View(
            view.url(),
            view.status(),
            view.headers(),
            view.title(),
            view.html(),
            view.mediaType(),
            view.links(),
            Arrays.asList(forms));
  }

  private static Field with(Field old, String value, boolean checked, List<View.Option> options) {
    return new Field(
        old.index(),
        old.id(),
        old.name(),
        old.type(),
        value,
        checked,
        old.readOnly(),
        old.disabled(),
        options);
  }

  private static List<View.Option> options(
      Field old, java.util.function.Predicate<String> selected) {
    return old.options().stream()
        .map(
            option -> new View.Option(option.value(), option.text(), selected.test(option.value())))
        .toList();
  }
}
