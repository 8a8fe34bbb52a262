<?php
/**
 * As much of WordPress as a small plugin needs: hooks, options, escaping, script tags.
 *
 * php wordpress.php PLUGIN.php < facts.json
 *
 * The facts: {"options": {…}, "front": bool, "page": id, "admin": bool,
 * "shortcode": {…} | null, "submitted": {…} | null}. Answers what came out as JSON.
 * Function names and what they print are WordPress 6's.
 */

declare(strict_types=1);
error_reporting(E_ALL);
set_error_handler(function ($number, $text, $file, $line) {
    throw new ErrorException($text, 0, $number, $file, $line);
});

define('ABSPATH', __DIR__ . '/');
$facts = json_decode(stream_get_contents(STDIN), true);
$hooks = $shortcodes = $settings = $pages = [];

function add_action(string $name, callable $job): void
{
    $GLOBALS['hooks'][$name][] = $job;
}
function do_action(string $name): string
{
    ob_start();
    foreach ($GLOBALS['hooks'][$name] ?? [] as $job) {
        $job();
    }
    return ob_get_clean();
}
function add_shortcode(string $tag, callable $job): void
{
    $GLOBALS['shortcodes'][$tag] = $job;
}
function shortcode_atts(array $known, $given): array
{
    return array_merge($known, array_intersect_key((array) $given, $known));
}
function get_option(string $name, $default = false)
{
    return $GLOBALS['facts']['options'][$name] ?? $default;
}
function register_setting(string $group, string $name, array $more): void
{
    $GLOBALS['settings'][$name] = $more + ['group' => $group];
}
function settings_fields(string $group): void
{
    echo '<input type="hidden" name="option_page" value="' . esc_attr($group) . '">';
}
function add_options_page(string $title, string $menu, string $right, string $slug, callable $job): void
{
    $GLOBALS['pages'][$slug] = [$title, $right, $job];
}
function current_user_can(string $right): bool
{
    return $right === 'manage_options' && $GLOBALS['facts']['admin'];
}
function is_front_page(): bool
{
    return $GLOBALS['facts']['front'];
}
function get_queried_object_id(): int
{
    return $GLOBALS['facts']['page'];
}
function plugins_url(string $path, string $file): string
{
    return 'https://blog.example/wp-content/plugins/' . basename(dirname($file)) . '/' . $path;
}
function esc_attr($text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES);
}
function esc_html($text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES);
}
function __(string $text, string $domain): string
{
    return $text;
}
function esc_html_e(string $text, string $domain): void
{
    echo esc_html($text);
}
function absint($value): int
{
    return abs((int) $value);
}
function selected($one, $other): void
{
    echo $one === $other ? " selected='selected'" : '';
}
function submit_button(): void
{
    echo '<input type="submit">';
}
function wp_get_script_tag(array $attributes): string
{
    $text = '';
    foreach ($attributes as $name => $value) {
        $text .= $value === true ? " $name" : " $name=\"" . esc_attr($value) . '"';
    }
    return "<script$text></script>\n";
}
function wp_print_script_tag(array $attributes): void
{
    echo wp_get_script_tag($attributes);
}

require $argv[1];

$answer = ['footer' => do_action('wp_footer')];
do_action('admin_init');
do_action('admin_menu');
foreach ($pages as $slug => [$title, $right, $job]) {
    ob_start();
    $job();
    $answer['page'] = ob_get_clean();
    $answer['title'] = $title;
    $answer['right'] = $right;
}
foreach ($shortcodes as $tag => $job) {
    $answer['tag'] = $tag;
    $answer['shortcode'] = $job($facts['shortcode'] ?? '');
}
foreach ($settings as $name => $setting) {
    $answer['saved'] = ($setting['sanitize_callback'])($facts['submitted'] ?? null);
    $answer['option'] = $name;
}
echo json_encode($answer);
