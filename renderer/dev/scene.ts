/** Paints something like a surveillance picture: a yard, a wall and people who walk. */
export function drawScene(context: CanvasRenderingContext2D, index: number, at: number, label: string): void {
  const { width, height } = context.canvas;
  const hue = (190 + index * 47) % 360;
  context.fillStyle = `hsl(${String(hue)} 14% 62%)`;
  context.fillRect(0, 0, width, height * 0.45);
  context.fillStyle = `hsl(${String(hue)} 8% 38%)`;
  context.fillRect(0, height * 0.45, width, height * 0.55);
  context.fillStyle = `hsl(${String(hue)} 12% 50%)`;
  for (let door = 0; door < 4; door++)
    context.fillRect(width * (0.08 + door * 0.24), height * 0.16, width * 0.13, height * 0.29);
  context.strokeStyle = 'rgb(255 255 255 / 0.35)';
  context.lineWidth = height / 160;
  for (let line = 0; line < 7; line++) {
    context.beginPath();
    context.moveTo(width * (0.3 + line * 0.07), height * 0.45);
    context.lineTo(width * (-0.4 + line * 0.3), height);
    context.stroke();
  }
  for (let person = 0; person < 3; person++) {
    const x = ((at / (9000 + person * 2500) + person * 0.37 + index * 0.2) % 1) * width;
    const y = height * (0.5 + person * 0.11);
    const tall = height * (0.16 + person * 0.05);
    context.fillStyle = `hsl(${String((hue + 120 + person * 70) % 360)} 30% 28%)`;
    context.fillRect(x, y, tall * 0.3, tall * 0.75);
    context.beginPath();
    context.arc(x + tall * 0.15, y - tall * 0.1, tall * 0.12, 0, Math.PI * 2);
    context.fill();
  }
  context.fillStyle = 'white';
  context.font = `${String(Math.round(height / 26))}px monospace`;
  context.fillText(`${label} ${(at / 1000).toFixed(2)}`, width * 0.02, height * 0.97);
}
