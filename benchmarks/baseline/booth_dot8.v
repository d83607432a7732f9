// Dot product of eight pairs of signed bytes, added to 24 bits each cycle, without storage of the operands.
module booth_dot8 (
    input  wire        clock,
    input  wire        clear,
    input  wire [63:0] activations,
    input  wire [63:0] weights,
    output reg  [23:0] sum
);
    wire [127:0] products;

    genvar i;
    generate
        for (i = 0; i < 8; i = i + 1) begin : lane
            booth_multiplier multiplier (.a(activations[8*i +: 8]), .b(weights[8*i +: 8]), .product(products[16*i +: 16]));
        end
    endgenerate

    wire [18:0] extended [0:7];
    generate
        for (i = 0; i < 8; i = i + 1) begin : extension
            assign extended[i] = {{3{products[16*i + 15]}}, products[16*i +: 16]};
        end
    endgenerate

    wire [18:0] dot = extended[0] + extended[1] + extended[2] + extended[3] + extended[4] + extended[5] + extended[6] + extended[7];

    always @(posedge clock)
        sum <= (clear ? 24'd0 : sum) + {{5{dot[18]}}, dot};
endmodule
