<?php
// For `php -S`: files as they are, every other path to WordPress, as a rewriting web server would do.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = realpath(getenv('WP_SITE') . $path);
if ($file !== false && is_file($file)) return false;
if ($file !== false && is_file("$file/index.php") && str_starts_with($path, '/wp-admin')) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require getenv('WP_SITE') . '/index.php';
